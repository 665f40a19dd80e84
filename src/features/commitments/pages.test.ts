import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { addPerson } from "../people/index.ts";
import { addCommitment, addQuestion, commitmentPages, listCommitments, showCommitment } from "./index.ts";

async function scene(app: TestApp) {
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  return { personId, visitor: visitorOf(app, [commitmentPages]) };
}

onEveryStore("the empty ledgers say what will stand in them, and one's own come first (S47)", async (app) => {
  const { personId, visitor } = await scene(app);
  const empty = await visitor.open("/commitments");
  assert.match(empty, /Nothing is open on your side/u);
  assert.ok(empty.indexOf("<h2>Mine</h2>") < empty.indexOf("<h2>Theirs</h2>"));
  assert.equal(await visitor.send("/commitments", { personId, side: "theirs", text: "Ask finance", dueOn: "" }), "/commitments");
  const page = await visitor.open("/commitments");
  assert.match(page, /Ask finance/u);
  assert.match(page, /no date agreed/u);
});

onEveryStore("a promise is kept and opened again with plain forms", async (app) => {
  const { personId, visitor } = await scene(app);
  const { id } = await app.call(addCommitment, { personId, side: "mine", text: "Send the plan", dueOn: "2026-02-27" });
  assert.match(await visitor.open("/commitments"), /3 days past/u);
  await visitor.send(`/commitments/${id}/kept`);
  const kept = await visitor.open("/commitments");
  assert.match(kept, /Closed lately/u);
  assert.doesNotMatch(kept, /days past/u);
  await visitor.send(`/commitments/${id}/reopening`);
  await visitor.send(`/commitments/${id}/date`, { dueOn: "2026-03-20", note: "The board meets later" });
  const detail = await visitor.open(`/commitments/${id}`);
  for (const words of ["Promised", "Kept", "Opened again", "Another date agreed", "The board meets later"])
    assert.ok(detail.includes(words), words);
  await visitor.send(`/commitments/${id}/dropped`);
  assert.match(await visitor.sendWrong(`/commitments/${id}/kept`, {}), /dropped already/u);
  assert.equal((await app.call(showCommitment, { id })).state, "dropped");
});

onEveryStore("a question is answered, dropped and opened again with plain forms", async (app) => {
  const { personId, visitor } = await scene(app);
  const { id } = await app.call(addQuestion, { personId, text: "Who decides about travel?" });
  await visitor.open(`/commitments/questions/${id}`);
  await visitor.send(`/commitments/questions/${id}/answer`, { answer: "The finance lead" });
  assert.match(await visitor.open("/commitments"), /The finance lead/u);
  await visitor.send(`/commitments/questions/${id}/reopening`);
  await visitor.send(`/commitments/questions/${id}/dropped`);
  assert.deepEqual((await app.call(listCommitments, { open: true })).questions, []);
});

onEveryStore("what was typed stays in the form with the message beside its field", async (app) => {
  const { personId, visitor } = await scene(app);
  const page = await visitor.sendWrong("/commitments", {
    personId,
    side: "mine",
    text: "<script>alert(1)</script> שלום",
    dueOn: "2026-02-30",
  });
  assert.match(page, /This day does not exist/u);
  assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt; שלום/u);
  const { id } = await app.call(addCommitment, { personId, side: "mine", text: "Send the plan" });
  assert.match(await visitor.sendWrong(`/commitments/${id}/date`, { dueOn: "soon", note: "Kept words" }), /Kept words/u);
  await visitor.open("/commitments/none", 404);
});
