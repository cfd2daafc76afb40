/** The rules for names that the Rust side has, near enough for trying the screens. */
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
];

const longest = 64;

export function keyNameFor(customer: string): { keyName: string; cut: boolean } {
  const ending = " - DicksonOne";
  const characters = [...customer.trim()];
  const room = longest - ending.length;
  const cut = characters.length > room;
  return { keyName: (cut ? characters.slice(0, room - 1).join("").trimEnd() + "…" : characters.join("")) + ending, cut };
}

export function checkName(name: string): NameProblem | null {
  const trimmed = name.trim();
  if (trimmed === "") return "empty";
  if ([...trimmed].length > longest) return "tooLong";
  if (/[\u0000-\u001f\u007f-\u009f]/.test(trimmed)) return "controlCharacters";
  if (/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(trimmed)) return "mixedDirection";
  return null;
}
