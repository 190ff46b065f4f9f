// Shows which piece of a text belongs to which piece of its translation: under the pointer, or with the arrow keys.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["piece"]

  show({ currentTarget }) {
    this.#mark(currentTarget.dataset.number)
  }

  hide() {
    this.#mark(undefined)
  }

  next(event) {
    this.#step(event, 1)
  }

  previous(event) {
    this.#step(event, -1)
  }

  #step(event, by) {
    event.preventDefault()
    const numbers = [...event.currentTarget.querySelectorAll("[data-number]")].map((piece) => piece.dataset.number)
    const at = numbers.indexOf(this.number) + by
    this.#mark(numbers[Math.min(Math.max(at, 0), numbers.length - 1)])
  }

  #mark(number) {
    this.number = number
    for (const piece of this.pieceTargets) piece.classList.toggle("pair__piece--shown", piece.dataset.number === number)
  }
}
