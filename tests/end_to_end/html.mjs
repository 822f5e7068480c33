// Whether a page's HTML is valid, by html-validate's recommended rules.
import { HtmlValidate } from "html-validate";

const checker = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Matters of taste of a source that nobody writes by hand: the browser prints what is checked.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "no-implicit-input-type": "off",
    // The list is narrowed as one types; Return opens the only one that is left.
    "wcag/h32": "off",
    // Narrow, rows are drawn as blocks, and browsers then forget that they are a table: the roles say it again.
    "no-redundant-role": "off",
    // In a table that is drawn as blocks so are its cells.
    "prefer-native-element": "off",
  },
});

/** What is wrong with a text of HTML: a line each. */
export async function invalid(html) {
  const { results } = await checker.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector, line }) => `${ruleId}: ${message} at ${selector ?? `line ${line}`}`));
}
