import type { FailureKind } from "../../../wire";
import type { About, FailureSentences } from "../../failureSentence";

/** The program reads variables once, when it starts; the system's own settings are read for each connection. */
const then = ({ subject }: About) => (subject === null ? "then try again" : "then start Subvault again");
const setting = ({ subject }: About) => subject ?? "The proxy setting of this computer";

export const proxy = {
  proxy: () => ({
    title: "Your network’s proxy stopped the connection",
    happened: "Your network sends web traffic through a proxy, and the proxy did not let this through.",
    next: "Ask whoever looks after your network to allow api.twilio.com, then try again.",
  }),
  proxyNotFound: () => ({
    title: "The proxy was not found",
    happened: "This computer is set to go through a proxy. Its name leads nowhere, so Twilio was not asked.",
    next: "Check the network or the VPN first, then the name of the proxy.",
  }),
  proxyNotThere: () => ({
    title: "The proxy does not answer",
    happened: "This computer is set to go through a proxy. Nothing takes calls where it should be, so Twilio was not asked.",
    next: "Check the network or the VPN first, then the name and the port of the proxy.",
  }),
  proxyTimedOut: () => ({
    title: "The proxy took too long to answer",
    happened: "This computer is set to go through a proxy, and the proxy did not connect in time.",
    next: "Try again in a moment. If it stays, ask whoever looks after your network.",
  }),
  proxyNotEncrypted: () => ({
    title: "No safe connection to the proxy",
    happened: "This computer is set to go through a proxy that has to prove who it is. It did not, so nothing was sent.",
    next: "Check the name and the kind of the proxy. Ask whoever looks after your network how it is to be set.",
  }),
  proxyWantsSignIn: ({ subject }) => ({
    title: "The proxy wants a sign-in",
    happened: "Your network’s proxy wants a user name and a password, and none are set.",
    next: `Write both before its name${subject ? ` in ${subject}` : ""}, as name:password@proxy. Subvault signs in by the Basic way only. For NTLM or Kerberos, ask for a way to api.twilio.com without a sign-in.`,
  }),
  proxySignInRefused: ({ subject }) => ({
    title: "The proxy did not take the sign-in",
    happened: "Your network’s proxy turned down the user name and the password that are set for it.",
    next: `Check both${subject ? ` in ${subject}` : ""}. Subvault signs in by the Basic way only. For NTLM or Kerberos, ask for a way to api.twilio.com without a sign-in.`,
  }),
  proxySignInUnsupported: () => ({
    title: "The proxy wants a sign-in that Subvault does not have",
    happened: "Your network’s proxy does not take the Basic way of signing in, and Subvault has no other.",
    next: "Ask whoever looks after your network for a way to api.twilio.com without a sign-in. A small proxy on this computer that signs in for you, such as Px or Cntlm, helps too.",
  }),
  proxyCannotReachTwilio: () => ({
    title: "The proxy could not reach Twilio",
    happened: "Your network’s proxy answered, but it did not get through to Twilio itself.",
    next: "Try again in a moment. If it stays, ask whoever looks after your network about api.twilio.com.",
  }),
  proxyIsNone: () => ({
    title: "What answers is not such a proxy",
    happened: "This computer is set to go through a proxy. What answers there does not speak as that kind of proxy does.",
    next: "Check the port and the kind of the proxy: a web proxy or a SOCKS proxy.",
  }),
  proxyUnreadable: (about) => ({
    title: "The proxy’s address cannot be read",
    happened: `${setting(about)} is not the address of one proxy, so nothing was sent.`,
    next: `Set it to one name and port, such as proxy.example:8080, ${then(about)}.`,
  }),
  proxyCharacters: (about) => ({
    title: "The sign-in for the proxy cannot be read",
    happened: `${setting(about)} has a sign in the user name or the password that cannot stand there. Nothing was sent.`,
    next: `Write it in its percent form, ${then(about)}: %5C for a backslash, %23 for #, %2F for /, %3F for ?, %40 for @ and %20 for a space.`,
  }),
  proxyPort: (about) => ({
    title: "The proxy’s port cannot be right",
    happened: `${setting(about)} has a port that cannot be, so nothing was sent.`,
    next: `Set the port to a number from 1 to 65535, ${then(about)}.`,
  }),
  proxyScheme: (about) => ({
    title: "This kind of proxy is not known",
    happened: `${setting(about)} names a kind of proxy that Subvault does not know, so nothing was sent.`,
    next: `Set it to a web proxy or a SOCKS proxy, ${then(about)}.`,
  }),
  proxyScriptAddress: (about) => ({
    title: "There is a setup script where a proxy belongs",
    happened: `${setting(about)} leads to a setup script (PAC). Subvault does not run those, so nothing was sent.`,
    next: `Ask whoever looks after your network for the proxy’s name and port. Set those in its place, ${then(about)}.`,
  }),
  noAuthorities: ({ subject }) => ({
    title: "Nobody could vouch for Twilio",
    happened: subject
      ? `${subject} leads to no list of trusted certificates, so Twilio could not prove who it is. Nothing was sent.`
      : "This computer has no list of trusted certificates, so Twilio could not prove who it is. Nothing was sent.",
    next: subject
      ? `Put ${subject} right or take it away, then start Subvault again.`
      : "Install the package ca-certificates, then try again.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
