/** The rules for names that the Rust side has, near enough for trying the screens. */
import { tidiedName } from "../names";
import type { NameProblem, Service } from "../wire";

export const services: Service[] = [
  {
    id: "dicksonone",
    name: "DicksonOne",
    place: "Manage › Integrations › Twilio Credentials",
    fields: [
      { value: "accountSid", label: "Account SID" },
      { value: "keySid", label: "API SID" },
      { value: "secret", label: "API Secret" },
    ],
  },
  {
    id: "tines",
    name: "Tines",
    place: "Credential “Twilio”",
    fields: [
      { value: "keySid", label: "API Key" },
      { value: "secret", label: "Secret" },
      { value: "accountSid", label: "Account SID" },
    ],
  },
  {
    id: "two",
    name: "Two boxes",
    place: "",
    fields: [
      { value: "keySid", label: "Key" },
      { value: "secret", label: "Password" },
    ],
  },
  {
    id: "four",
    name: "Four boxes",
    place: "",
    fields: [
      { value: "accountName", label: "Customer" },
      { value: "accountSid", label: "Account" },
      { value: "keySid", label: "Key" },
      { value: "secret", label: "Password" },
    ],
  },
];

const longest = 64;

export function keyNameFor(customer: string): { keyName: string; cut: boolean } {
  const ending = " - DicksonOne";
  const characters = [...tidiedName(customer)];
  const room = longest - ending.length;
  const cut = characters.length > room;
  return {
    keyName:
      (cut
        ? characters
            .slice(0, room - 1)
            .join("")
            .trimEnd() + "…"
        : characters.join("")) + ending,
    cut,
  };
}

export function checkName(name: string): NameProblem | null {
  const tidied = tidiedName(name);
  if (tidied === "") return "empty";
  return tidied.length > longest ? "tooLong" : null;
}
