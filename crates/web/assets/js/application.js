// Starts Turbo and Stimulus. Everything but live updates works without any of this.
import "@hotwired/turbo"
import { Application } from "@hotwired/stimulus"
import "keeping"
import Addressee from "controllers/addressee"
import Again from "controllers/again"
import Autosubmit from "controllers/autosubmit"
import Copy from "controllers/copy"
import Countdown from "controllers/countdown"
import Dismiss from "controllers/dismiss"
import Draft from "controllers/draft"
import FrameHeight from "controllers/frame_height"
import Live from "controllers/live"
import Pair from "controllers/pair"
import Plain from "controllers/plain"
import Push from "controllers/push"
import Shortcuts from "controllers/shortcuts"

// Turbo's own progress bar needs an inline style, which the security policy forbids; ours is drawn by the style sheet.
window.Turbo.config.drive.progressBarDelay = 2 ** 31 - 1

// Whoever goes on before the page has taken over a change breaks its fetch off. Turbo lets that stand as an error; it is none.
addEventListener("unhandledrejection", (event) => {
  if (event.reason?.name === "AbortError") event.preventDefault()
})

const application = Application.start()
application.register("addressee", Addressee)
application.register("again", Again)
application.register("autosubmit", Autosubmit)
application.register("copy", Copy)
application.register("countdown", Countdown)
application.register("dismiss", Dismiss)
application.register("draft", Draft)
application.register("frame-height", FrameHeight)
application.register("live", Live)
application.register("pair", Pair)
application.register("plain", Plain)
application.register("push", Push)
application.register("shortcuts", Shortcuts)
