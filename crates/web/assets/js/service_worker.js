// Shows a call that the push service brings, and opens its page. Holds nothing and answers no request of the pages.
self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {}
  event.waitUntil(
    self.registration.showNotification(said.title ?? "On call", {
      body: said.body ?? "",
      tag: said.tag,
      renotify: Boolean(said.tag),
      requireInteraction: true,
      data: { url: said.url ?? "/on-call" },
    }),
  )
})

self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data.url))
})
