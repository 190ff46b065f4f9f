// Listens for "refresh", on pages about fetching for "fetching" too, and lets Turbo fetch the page again and take over what changed.
//
// Only the tab that is looked at keeps a connection: browsers allow few of them to one server.
import { Controller } from "@hotwired/stimulus"

const PAUSE = 150
const RETRY = 5000

export default class extends Controller {
  static values = { url: String }

  connect() {
    document.addEventListener("visibilitychange", this.turned)
    document.addEventListener("turbo:submit-start", this.submitted)
    document.addEventListener("turbo:submit-end", this.answered)
    this.submitting = 0
    this.open()
  }

  disconnect() {
    document.removeEventListener("visibilitychange", this.turned)
    document.removeEventListener("turbo:submit-start", this.submitted)
    document.removeEventListener("turbo:submit-end", this.answered)
    this.close()
  }

  turned = () => {
    if (document.hidden) {
      this.close()
    } else if (!this.source) {
      this.missed = true
      this.open()
    }
  }

  open() {
    this.source = new EventSource(this.urlValue)
    this.source.addEventListener("open", () => this.opened())
    this.source.addEventListener("error", () => this.lost())
    this.source.addEventListener("refresh", () => this.refreshSoon())
    this.source.addEventListener("fetching", () => this.fetchingWentOn())
  }

  close() {
    clearTimeout(this.timer)
    clearTimeout(this.retry)
    this.source?.close()
    this.source = undefined
  }

  opened() {
    this.element.dataset.live = "on"
    if (this.missed) this.refreshSoon()
    this.missed = false
  }

  lost() {
    this.element.dataset.live = "off"
    this.missed = true
    // Browsers try again by themselves after a broken connection, but not after an answer such as 503.
    if (this.source.readyState === EventSource.CLOSED) this.retry = setTimeout(() => this.open(), RETRY)
  }

  // Mail is fetched all the time; only pages that show how that goes care.
  fetchingWentOn() {
    if (document.querySelector("[data-live-fetching]")) this.refreshSoon()
  }

  submitted = () => { this.submitting += 1 }

  answered = () => {
    this.submitting -= 1
    if (this.isDue) this.refreshSoon()
  }

  refreshSoon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.refresh(), PAUSE)
  }

  // A refresh would break off a form that is on its way: the words would be sent and still stand in the form. Turbo's own refresh
  // waits a moment longer, in which a form may start.
  refresh() {
    const { navigator, visit } = window.Turbo
    this.isDue = this.submitting > 0
    if (this.isDue) return
    if (navigator.currentVisit) return this.refreshSoon()
    visit(document.baseURI, { action: "replace", shouldCacheSnapshot: false })
    // Nobody waits for it: a busy page would be silent to screen readers.
    document.documentElement.removeAttribute("aria-busy")
  }
}
