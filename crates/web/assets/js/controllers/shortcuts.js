// Single-key shortcuts. An element names its keys in `data-key` ("r c", or "gi" for g and then i); pressing one clicks
// the element, or puts the cursor into it or into what `data-focus` names. Rows of a list answer to j, k and o.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["row", "help"]

  connect() {
    document.addEventListener("keydown", this.pressed)
  }

  disconnect() {
    document.removeEventListener("keydown", this.pressed)
  }

  pressed = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target)) return this.leave(event)
    const first = this.first ?? ""
    this.first = event.key === "g" ? "g" : undefined
    if (this.act(first + event.key) || (first && this.act(event.key))) event.preventDefault()
  }

  // Escape gives the keys back to the shortcuts.
  leave(event) {
    if (event.key === "Escape" && !event.target.value) event.target.blur()
    if (event.key === "Escape" && event.target.matches("textarea")) event.target.blur()
  }

  act(keys) {
    if (keys === "?") return this.toggleHelp()
    if (this.hasRowTarget && keys === "j") return this.step(1)
    if (this.hasRowTarget && keys === "k") return this.step(-1)
    if (this.hasRowTarget && keys === "o") return this.openRow()
    return this.press(document.querySelector(`[data-key~="${CSS.escape(keys)}"]`))
  }

  toggleHelp() {
    this.helpTarget.togglePopover()
    return true
  }

  step(by) {
    const here = this.rowTargets.findIndex((row) => row.contains(document.activeElement))
    const next = this.rowTargets[Math.max(0, Math.min(this.rowTargets.length - 1, here + by))]
    next.querySelector("a").focus()
    return true
  }

  openRow() {
    const row = this.rowTargets.find((row) => row.contains(document.activeElement))
    row?.querySelector("a").click()
    return Boolean(row)
  }

  press(element) {
    if (!element) return false
    if (isTyping(element)) element.focus()
    else element.click()
    document.getElementById(element.dataset.focus)?.focus()
    return true
  }
}

function isTyping(element) {
  return element.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")
}
