// Empties Cc when the answer goes to somebody else than the customer: those in it were the customer's choice. What was typed stays.
import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["to", "copies"]

  chosen() {
    const isCustomer = this.toTarget.selectedIndex === 0
    const { copiesTarget: copies } = this
    if (!isCustomer && copies.value === copies.defaultValue) copies.value = ""
    else if (isCustomer && copies.value === "") copies.value = copies.defaultValue
  }
}
