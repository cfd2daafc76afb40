/** Connecting a Twilio account. */
export const connection = {
  title: "Connect your Twilio account",
  where:
    "Both values are on the first page of the Twilio Console, under Account Info. Use the main account, the one that owns the subaccounts.",
  openConsole: "Open the Twilio Console",
  accountSid: "Account SID",
  accountSidExample: "AC…",
  authToken: "Auth Token",
  authTokenMeans: (keychain: string) =>
    `It lets Subvault create subaccounts and keys. It is kept in ${keychain} on this computer, and only once Twilio has accepted it.`,
  asking: "Asking Twilio",
  connect: "Connect",
  hints:
    "Spaces, quotes and line breaks around pasted values do not matter. An API key (SK…) is not enough, not even a Main key: Twilio does not let it work inside subaccounts.",
  /** Somebody opens the connection on its way, and may from now on. */
  inspectionAllowed: (name: string) => `${name} is allowed on this computer. You can try again now.`,
};
