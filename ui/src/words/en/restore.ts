/** Restoring a backup. */
import { plural } from "./plural";

export const restore = {
  title: "Restore a backup",
  chooseAnother: "Choose another file…",
  passphrase: "Recovery passphrase",
  opening: "Opening the backup. This takes some seconds.",
  restore: "Restore",
  means: (keychain: string) =>
    `Nothing is changed unless the whole backup opens. Secrets go into ${keychain}, and each key is proved at Twilio when this computer is online.`,

  /** Afterwards. */
  restored: (keys: number, madeAt: string) =>
    plural(keys, (n) => ({
      one: `${n} key restored from the backup of ${madeAt}.`,
      other: `${n} keys restored from the backup of ${madeAt}.`,
    })),
  withoutSecret: (keys: number) =>
    plural(keys, (n) => ({
      one: `${n} key came without a secret, because it was not to be had when the backup was made. Make new keys for those customers.`,
      other: `${n} keys came without a secret, because it was not to be had when the backup was made. Make new keys for those customers.`,
    })),
  ofOtherAccount: (keys: number) =>
    plural(keys, (n) => ({
      one: `${n} key in the backup belongs to another customer here. Nothing of it was restored, so that no customer gets another’s secret.`,
      other: `${n} keys in the backup belong to another customer here. Nothing of them was restored, so that no customer gets another’s secret.`,
    })),
  showList: "Show the list",
};
