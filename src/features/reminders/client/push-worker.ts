// Runs in the service worker, loaded by /service-worker.js: shows a reminder that the push service passed on, and opens its page.
// A classic script: it imports nothing.

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface PushMessage extends Waiting {
  readonly data: { json(): unknown } | null;
}

interface Clicked extends Waiting {
  readonly notification: Notification;
}

interface OpenPage {
  readonly url: string;
  navigate(url: string): Promise<unknown>;
  focus(): Promise<unknown>;
}

interface Worker {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: "push", listener: (event: PushMessage) => void): void;
  addEventListener(type: "notificationclick", listener: (event: Clicked) => void): void;
}

const worker = self as unknown as Worker;

worker.addEventListener("push", (event) => {
  const { title, sentence, path, tag } = (event.data?.json() ?? {}) as Record<string, string | undefined>;
  event.waitUntil(
    // A browser wants something to be shown for every message, also for one that cannot be read.
    worker.registration.showNotification(title ?? "Throughline", {
      body: sentence ?? "Something waits for you.",
      data: path ?? "/",
      ...(tag === undefined ? {} : { tag }),
    }),
  );
});

/** A page of ours that is open already goes there; otherwise a new one is opened. */
async function openPage(path: unknown): Promise<void> {
  const { origin } = worker.location;
  const url = new URL(typeof path === "string" ? path : "/", origin);
  const target = url.origin === origin ? url.href : `${origin}/`;
  const [open] = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const isThere = open?.url === target;
  try {
    if (open && !isThere) await open.navigate(target);
    await (open ? open.focus() : worker.clients.openWindow(target));
  } catch {
    // A page that this worker is not in charge of yet cannot be sent anywhere.
    await worker.clients.openWindow(target);
  }
}

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data));
});
