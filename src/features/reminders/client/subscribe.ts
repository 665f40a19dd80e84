// Lets this browser be told: asks for the permission, subscribes with the browser's push service, and hands the address of the
// subscription to the server.

import { make } from "../../../surfaces/web/client/dom.ts";

const PLACE = "/settings/reminders";

async function hashOf(endpoint: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function isKnown(): Promise<boolean> {
  const present = await subscription();
  if (!present) return false;
  const hash = await hashOf(present.endpoint);
  return document.querySelector(`[data-endpoint="${hash}"]`) !== null;
}

async function publicKey(): Promise<string> {
  const answer = await fetch(`${PLACE}/push-key`, { method: "POST" });
  if (!answer.ok) throw new Error("Throughline did not answer. Try again in a moment.");
  return ((await answer.json()) as { publicKey: string }).publicKey;
}

async function subscribe(): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted")
    throw new Error("Your browser does not allow notifications from here. You can change that in its settings for this page.");
  await navigator.serviceWorker.register("/service-worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = await publicKey();
  // One that was made with another key cannot be used with this one.
  await (await pushManager.getSubscription())?.unsubscribe();
  const { endpoint, keys } = (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })).toJSON();
  const fields = { endpoint: endpoint ?? "", p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" };
  const answer = await fetch(`${PLACE}/browsers`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  if (answer.type !== "opaqueredirect") throw new Error("The subscription was not kept. Try again in a moment.");
}

function offer(place: HTMLElement): void {
  const button = make("button", { type: "button" }, "Remind me in this browser");
  const said = make("p", { role: "status" });
  button.addEventListener("click", () => {
    button.disabled = true;
    subscribe().then(
      () => location.reload(),
      (error: unknown) => {
        button.disabled = false;
        said.textContent =
          error instanceof DOMException
            ? "The push service of your browser did not answer. Some browsers have none; reminders by mail work in any case."
            : (error as Error).message;
      },
    );
  });
  place.append(make("div", { class: "actions" }, button), said);
}

async function start(place: HTMLElement): Promise<void> {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    place.append(make("p", { class: "hint" }, "This browser cannot be told. Reminders by mail work in any case."));
    return;
  }
  if (await isKnown()) place.append(make("p", { class: "quiet" }, "This browser is among them."));
  else offer(place);
}

const place = document.getElementById("this-browser");
if (place) void start(place);
