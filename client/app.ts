// What every page may use. The files become one script at start (src/platform/web/assets.ts); pages work
// without it.
import "./password-field.ts";
import "./password-rules.ts";
import "./code-field.ts";
import "./wait-button.ts";
import "./carry-identifier.ts";
import "./layout-suggestion.ts";
import "./phone-echo.ts";
import "./copy-button.ts";
import "./copy-text.ts";
import "./hue-sample.ts";
import "./dialog-link.ts";
import "./menu.ts";
import "./busy-form.ts";
import "./problem-focus.ts";
import "./private-page.ts";
