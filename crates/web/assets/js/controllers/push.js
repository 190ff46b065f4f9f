// Asks the browser for an address at which it can be called, and sends it with the form.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["address", "keys", "said"]
  static values = { key: String }

  connect() {
    this.element.addEventListener("submit", this.ask)
  }

  disconnect() {
    this.element.removeEventListener("submit", this.ask)
  }

  ask = async (event) => {
    if (this.keysTarget.value) return
    event.preventDefault()
    event.stopImmediatePropagation()
    try {
      if (!("PushManager" in window)) throw new Error("This browser can’t be called. Add an e-mail address or a webhook.")
      if ((await Notification.requestPermission()) !== "granted") throw new Error("The browser doesn’t allow notifications of this site. Allow them in its settings.")
      const registration = await navigator.serviceWorker.register("/service-worker.js")
      await navigator.serviceWorker.ready
      const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.keyValue })
      const { endpoint, keys } = subscription.toJSON()
      this.addressTarget.value = endpoint
      this.keysTarget.value = JSON.stringify({ p256dh: keys.p256dh, auth: keys.auth })
      this.element.requestSubmit()
    } catch (error) {
      this.saidTarget.textContent = error.message
    }
  }
}
