// While the page takes over somebody else's change, what this person is doing stays: a form that is being filled in
// keeps its text, an unfolded part stays unfolded, the composer stays on the reply or the note.

const sent = new WeakSet()

document.addEventListener("turbo:before-morph-element", (event) => {
  if (event.target instanceof HTMLFormElement && isBeingFilledIn(event.target)) event.preventDefault()
})

document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { attributeName } = event.detail
  const isFold = attributeName === "open" && event.target.matches("details")
  const isTab = attributeName === "checked" && event.target.matches(".composer__tab input")
  if (isFold || isTab) event.preventDefault()
})

// Whoever walks a list by keys stays on the case that they are on, wherever it moves.
let row

document.addEventListener("turbo:before-render", () => {
  row = document.activeElement?.closest("[data-shortcuts-target=row]")?.id
})

document.addEventListener("turbo:render", () => {
  if (row && document.activeElement === document.body) {
    document.getElementById(row)?.querySelector("a").focus({ preventScroll: true })
  }
})

// A form that was sent shows again what the server says: when it is refused, that is everything that was typed, and why. A letter more,
// and it is being filled in once more.
document.addEventListener("turbo:submit-end", (event) => {
  sent.add(event.target)
  if (!event.detail.success) return
  // The server can't say what a file field shows, so what was sent would stand there for the next letter.
  for (const files of event.target.querySelectorAll("input[type=file]")) files.value = ""
})
document.addEventListener("input", (event) => sent.delete(event.target.form))

function isBeingFilledIn(form) {
  return !sent.has(form) && [...form.elements].some(isChanged)
}

function isChanged(control) {
  if (control instanceof HTMLSelectElement) return chosen(control) !== offered(control)
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked
  return "defaultValue" in control && control.type !== "hidden" && control.value !== control.defaultValue
}

function chosen(select) {
  return select.options[select.selectedIndex]
}

function offered(select) {
  return [...select.options].find((option) => option.defaultSelected) ?? select.options[0]
}
