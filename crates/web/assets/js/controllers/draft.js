// Saves what is being written, a moment after the last letter and when the page is left.
import { Controller } from "@hotwired/stimulus"

const PAUSE = 800

export default class extends Controller {
  static targets = ["text"]
  static values = { url: String }

  connect() {
    document.addEventListener("visibilitychange", this.left)
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.left)
    this.saveNow()
  }

  typed() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), PAUSE)
  }

  // The words are on their way as a message: a draft saved now would come back as a ghost.
  sending() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.request?.abort()
    delete this.element.dataset.draft
  }

  send(event) {
    event.preventDefault()
    this.element.requestSubmit(this.element.querySelector("button:not([type=button])"))
  }

  left = () => {
    if (document.hidden) this.saveNow()
  }

  saveNow() {
    if (this.timer) this.save()
  }

  async save() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.element.dataset.draft = "saving"
    this.element.dataset.draft = (await this.#isStored()) ? "saved" : "unsaved"
  }

  async #isStored() {
    this.request = new AbortController()
    const written = [...new FormData(this.element)].filter(([, value]) => typeof value === "string")
    const body = new URLSearchParams(written)
    const options = { method: "POST", body, keepalive: true, signal: this.request.signal }
    return fetch(this.urlValue, options).then((response) => response.ok, () => false)
  }
}
