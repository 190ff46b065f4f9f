// Sends a form as soon as a choice is made. Its button is there for those without scripts.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  send() {
    this.element.requestSubmit()
  }
}
