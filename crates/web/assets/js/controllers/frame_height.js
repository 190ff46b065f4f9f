// Makes the sandboxed frame of a mail as high as the mail. The frame runs no script; this page measures it.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["frame"]

  // The frame may have been ready before this controller was.
  frameTargetConnected(frame) {
    if (frame.contentDocument?.readyState === "complete") this.fit()
  }

  disconnect() {
    this.observer?.disconnect()
  }

  fit() {
    const page = this.frameTarget.contentDocument?.documentElement
    if (!page) return
    this.observer?.disconnect()
    this.observer = new ResizeObserver(() => this.measure(page))
    this.observer.observe(page)
    this.measure(page)
  }

  measure(page) {
    this.frameTarget.style.blockSize = `${Math.ceil(page.offsetHeight) + 2}px`
  }
}
