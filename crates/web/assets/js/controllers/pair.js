// Shows which piece of a text belongs to which piece of its translation: under the pointer, or with the arrow keys.
import { Controller } from "@hotwired/stimulus"

// In Arabic the next piece is on the left.
const isRightToLeft = ({ currentTarget }) => getComputedStyle(currentTarget).direction === "rtl"

export default class extends Controller {
  static targets = ["piece"]

  show({ currentTarget }) {
    this.#mark(currentTarget.dataset.number)
  }

  // The page was brought up to date under the reader's eyes.
  again() {
    this.#mark(this.number)
  }

  hide() {
    this.#mark(undefined)
  }

  right(event) {
    this.#step(event, isRightToLeft(event) ? -1 : 1)
  }

  left(event) {
    this.#step(event, isRightToLeft(event) ? 1 : -1)
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
