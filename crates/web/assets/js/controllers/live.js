// Listens for "refresh" and lets Turbo fetch the page again and take over what changed.
//
// Only the tab that is looked at keeps a connection: browsers allow few of them to one server.
import { Controller } from "@hotwired/stimulus"

const PAUSE = 150
const RETRY = 5000

export default class extends Controller {
  static values = { url: String }

  connect() {
    document.addEventListener("visibilitychange", this.turned)
    this.open()
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.turned)
    this.close()
  }

  turned = () => {
    if (document.hidden) {
      this.close()
    } else if (!this.source) {
      this.missed = true
      this.open()
    }
  }

  open() {
    this.source = new EventSource(this.urlValue)
    this.source.addEventListener("open", () => this.opened())
    this.source.addEventListener("error", () => this.lost())
    this.source.addEventListener("refresh", () => this.refreshSoon())
  }

  close() {
    clearTimeout(this.timer)
    clearTimeout(this.retry)
    this.source?.close()
    this.source = undefined
  }

  opened() {
    this.element.dataset.live = "on"
    if (this.missed) this.refreshSoon()
    this.missed = false
  }

  lost() {
    this.element.dataset.live = "off"
    this.missed = true
    // Browsers try again by themselves after a broken connection, but not after an answer such as 503.
    if (this.source.readyState === EventSource.CLOSED) this.retry = setTimeout(() => this.open(), RETRY)
  }

  refreshSoon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => window.Turbo.session.refresh(document.baseURI), PAUSE)
  }
}
