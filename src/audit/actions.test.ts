import assert from "node:assert/strict";
import { test } from "node:test";
import { type ActionGroup, actionGroups, actionsOf, nameOfAction, refusedActions } from "./actions.ts";
import { actionNames } from "./words.ts";

test("AD6: every action with words stands in exactly one group", () => {
  const grouped = (Object.keys(actionGroups) as ActionGroup[]).flatMap(actionsOf);
  const known = new Set(Object.keys(actionNames.ru).map((name) => name.split(" ")[0] ?? ""));
  assert.equal(new Set(grouped).size, grouped.length);
  assert.deepEqual(new Set(grouped), known);
  for (const action of refusedActions) assert.ok(known.has(action));
});

test("an action without words is told as it stands in the record", () => {
  assert.equal(nameOfAction({ action: "moon.landed", detail: {} }, "ru"), "moon.landed");
  assert.equal(
    nameOfAction({ action: "contact.asked", detail: { kind: "email" } }, "en"),
    "Change of e-mail asked for",
  );
});
