// SPDX-License-Identifier: Apache-2.0

const RETRY_MILLIS = 3000;

/**
 * Listens for updates as long as the page is open.
 *
 * @param {{onOpen: function(), onUpdate: function(string, number), onState: function(string)}} listener
 *     onOpen is called for each connection, as updates may have been missed before it. onUpdate gets
 *     the kind ("ticket", "note") and the id. onState gets "live" or "connecting"
 */
export function listen(listener) {
  const source = new EventSource("api/events");
  source.addEventListener("open", () => {
    listener.onState("live");
    listener.onOpen();
  });
  for (const kind of ["ticket", "note"]) {
    source.addEventListener(kind, (event) => listener.onUpdate(kind, JSON.parse(event.data).id));
  }
  source.addEventListener("error", () => {
    listener.onState("connecting");
    // The browser reconnects by itself unless the server answered with an error.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen(listener), RETRY_MILLIS);
    }
  });
}
