// Copies the text of a field and says so.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["text", "done"]

  async now() {
    this.textTarget.select()
    await navigator.clipboard.writeText(this.textTarget.value)
    this.doneTarget.hidden = false
  }
}
