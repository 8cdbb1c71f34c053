import assert from "node:assert/strict";
import { test } from "node:test";
import { howLong, percent, words } from "./words.ts";

test("a share close to one in n is told as such, any other in percent", () => {
  const { lost } = words.ru.funnel;
  assert.equal(lost(0.2), "Каждый пятый запрос не дошёл до смены пароля");
  assert.equal(lost(0.49), "Каждый второй запрос не дошёл до смены пароля");
  assert.equal(lost(1 / 3), "Каждый третий запрос не дошёл до смены пароля");
  assert.equal(lost(0.0625), "До смены пароля не дошли 6,3\u00a0% запросов");
  assert.equal(lost(0.4), "До смены пароля не дошли 40\u00a0% запросов");
  assert.equal(lost(1), "До смены пароля не дошли 100\u00a0% запросов");
  assert.equal(words.ru.signIns.lost(1 / 3), "Каждая третья попытка войти не удалась");
  assert.equal(words.ru.signIns.lost(1 / 7), "Каждая седьмая попытка войти не удалась");
  assert.equal(words.en.funnel.lost(0.2), "One in five requests never got to a new password");
});

test("shares and durations are rounded to what one remembers", () => {
  assert.deepEqual(
    [0, 0.004, 0.05, 0.126, 1].map((share) => percent(share, "ru")),
    ["0\u00a0%", "0,4\u00a0%", "5\u00a0%", "13\u00a0%", "100\u00a0%"],
  );
  assert.deepEqual(
    [41_000, 99_000, 119_000, 23 * 60_000, 5 * 3_600_000].map((time) => howLong(time, "ru")),
    ["41\u00a0секунду", "99\u00a0секунд", "2\u00a0минуты", "23\u00a0минуты", "5\u00a0часов"],
  );
});
