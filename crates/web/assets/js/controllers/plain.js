// Asks, a moment after the last letter, what could be plainer in what is being written, and shows the answer.
import { Controller } from "@hotwired/stimulus"

const PAUSE = 700

export default class extends Controller {
  static targets = ["place"]
  static values = { url: String }

  connect() {
    this.look()
  }

  disconnect() {
    clearTimeout(this.timer)
    this.request?.abort()
  }

  typed() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), PAUSE)
  }

  async look() {
    const words = this.#words()
    if (words === this.asked) return
    this.asked = words
    if (words.trim() === "") return this.#show("")
    this.request?.abort()
    this.request = new AbortController()
    const body = new URLSearchParams({ text: words, part: "plain" })
    const answer = await fetch(this.urlValue, { method: "POST", body, signal: this.request.signal }).then(
      (response) => (response.ok ? response.text() : undefined),
      () => undefined,
    )
    if (answer !== undefined && words === this.asked) this.#show(answer)
  }

  #words() {
    const fields = new FormData(this.element)
    return String(fields.get("own") ?? fields.get("text") ?? "")
  }

  // What stands there already isn't drawn again.
  #show(html) {
    if (this.shown === html) return
    this.shown = html
    if (html === "") return this.placeTarget.replaceChildren()
    window.Turbo.renderStreamMessage(html)
  }
}
