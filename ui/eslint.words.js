/**
 * A rule of the page's own: what the user reads comes out of `src/words`, so that a language is one folder. It finds text between tags,
 * words in attributes that are shown or read out, and any other string that reads like a sentence or a heading.
 */

/** Shown, or read out, whatever is in them. */
const shownAttributes = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-roledescription",
  "aria-valuetext",
  "label",
  "placeholder",
  "title",
]);

/** Words in these are for the browser. */
const machineAttributes = new Set(["aria-describedby", "class", "classes", "d", "style"]);

/** What is handed to these is a selector or the name of a key or an event. */
const machineCalls = new Set(["addEventListener", "closest", "getElementById", "matches", "querySelector", "querySelectorAll"]);

const hasLetter = (text) => /\p{L}/u.test(text);

/** Several words with a space between them, one that begins with a capital, or what ends as a sentence does. */
const isProse = (text) => /\p{L}{2,}[,.:;]? \p{L}/u.test(text) || /^\s*\p{Lu}\p{Ll}+/u.test(text) || /\p{L}{2,}[.…!?]$/u.test(text);

/** Whether a string is for the program itself: compared, imported, selected by, or told to a developer. */
function isForTheProgram(node) {
  const { parent } = node;
  switch (parent.type) {
    case "ImportDeclaration":
    case "ImportExpression":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "TSLiteralType":
    case "SwitchCase":
      return true;
    case "BinaryExpression":
      return ["===", "!=="].includes(parent.operator);
    case "MemberExpression":
      return parent.property === node;
    case "Property":
      return parent.key === node;
    case "NewExpression":
      return parent.callee.name === "Error";
    case "CallExpression":
      return parent.callee.type === "MemberExpression" && machineCalls.has(parent.callee.property.name);
    default:
      return false;
  }
}

const noSentence = {
  meta: {
    type: "problem",
    docs: { description: "What the user reads stands in src/words." },
    messages: { literal: "“{{text}}” is read by the user: it belongs into src/words." },
    schema: [],
  },
  create(context) {
    const report = (node, text) => context.report({ node, messageId: "literal", data: { text: text.trim().slice(0, 60) } });
    const attributeOf = (node) => context.sourceCode.getAncestors(node).findLast(({ type }) => type === "SvelteAttribute")?.key.name;
    return {
      SvelteText(node) {
        if (node.parent.type !== "SvelteStyleElement" && hasLetter(node.value)) report(node, node.value);
      },
      SvelteLiteral(node) {
        const attribute = attributeOf(node);
        if (shownAttributes.has(attribute) ? hasLetter(node.value) : !machineAttributes.has(attribute) && isProse(node.value))
          report(node, node.value);
      },
      Literal(node) {
        if (typeof node.value !== "string" || isForTheProgram(node)) return;
        const attribute = attributeOf(node);
        if (machineAttributes.has(attribute)) return;
        if (isProse(node.value)) report(node, node.value);
      },
      TemplateLiteral(node) {
        if (isForTheProgram(node) || machineAttributes.has(attributeOf(node))) return;
        const text = node.quasis.map(({ value }) => value.cooked).join("…");
        if (node.quasis.some(({ value }) => isProse(value.cooked))) report(node, text);
      },
    };
  },
};

export default { rules: { "no-sentence": noSentence } };
