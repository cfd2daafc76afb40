// Answers the visible elements with a role and an accessible name, in document order, inside `scope`.
// The names follow the accessible name computation for what this program uses; the caller has the engine's own
// accessibility tree confirm what it acts on.
const [role, name, exact, scope] = arguments;

const SELECTORS = {
  alert: '[role=alert]',
  button: 'button, [role=button], summary, input[type=submit]',
  cell: 'td, th, [role=cell], [role=gridcell]',
  checkbox: 'input[type=checkbox], [role=checkbox]',
  combobox: 'select, [role=combobox]',
  dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
  form: 'form, [role=form]',
  heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
  img: '[role=img]',
  link: 'a[href], [role=link]',
  listitem: 'li, [role=listitem]',
  main: 'main, [role=main]',
  menuitem: '[role=menuitem]',
  navigation: 'nav, [role=navigation]',
  option: 'option, [role=option]',
  radio: 'input[type=radio], [role=radio]',
  region: 'section[aria-label], section[aria-labelledby], [role=region]',
  row: 'tr, [role=row]',
  searchbox: 'input[type=search], [role=searchbox]',
  status: 'output, [role=status]',
  tab: '[role=tab]',
  textbox: 'input:not([type]), input[type=text], input[type=password], input[type=email], textarea, [role=textbox]',
};

const squeeze = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

function labelled(element) {
  const ids = element.getAttribute('aria-labelledby');
  if (ids) return squeeze(ids.split(/\s+/).map((id) => document.getElementById(id)?.innerText ?? '').join(' '));
  const label = element.getAttribute('aria-label');
  if (label) return squeeze(label);
  if (element.labels?.length) return squeeze([...element.labels].map((each) => each.innerText).join(' '));
  return '';
}

function nameOf(element) {
  const own = labelled(element);
  if (own) return own;
  if (element.matches('input, textarea, select')) {
    return squeeze(element.getAttribute('title') || element.getAttribute('placeholder') || element.value);
  }
  if (element.matches('dialog, [role=dialog], [role=alertdialog], form, main')) {
    return squeeze(element.querySelector('h1, h2, h3')?.innerText);
  }
  return squeeze(element.innerText);
}

const visible = (element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !element.closest('[inert], [aria-hidden=true]');

const root = scope ?? document;
return [...root.querySelectorAll(SELECTORS[role])].filter((element) => {
  if (!visible(element)) return false;
  const found = nameOf(element);
  return exact ? found === name : found.includes(name);
});
