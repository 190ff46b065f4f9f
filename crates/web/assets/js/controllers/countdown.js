// Counts the seconds until an instant: "in % s".
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static values = { until: String, words: String }

  connect() {
    this.timer = setInterval(() => this.tick(), 1000)
    this.tick()
  }

  disconnect() {
    clearInterval(this.timer)
  }

  tick() {
    const seconds = Math.ceil((Date.parse(this.untilValue) - Date.now()) / 1000)
    this.element.textContent = seconds > 0 ? this.wordsValue.replace("%", seconds) : "now"
  }
}
