// Takes a flash away.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  now() {
    this.element.remove()
  }
}
