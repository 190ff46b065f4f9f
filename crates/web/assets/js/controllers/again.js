// Lets Turbo fetch the page again every so often, while somebody looks at it: times that are told in minutes go on.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { seconds: Number }

  connect() {
    this.timer = setInterval(() => this.look(), this.secondsValue * 1000)
  }

  disconnect() {
    clearInterval(this.timer)
  }

  look() {
    if (!document.hidden) window.Turbo.visit(location.href, { action: "replace" })
  }
}
