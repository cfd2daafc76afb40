// Reads every subaccount, its keys and what it spent this month with Twilio's own client, one list after the other as its documentation
// does. Started by the program that measures reading, which says where, and signed by whom.
import { signIn } from './loopback_client.js';

const [baseUrl, accountSid, authToken] = process.argv.slice(2);
const client = signIn({ baseUrl }, accountSid, authToken, accountSid, []);

const accounts = await client.api.v2010.accounts.list({ pageSize: 1000 });
for (const account of accounts) {
  if (account.sid === accountSid || account.status === 'closed') continue;
  const own = client.api.v2010.accounts(account.sid);
  await own.keys.list({ pageSize: 1000 });
  await own.usage.records.thisMonth.list({ category: 'totalprice', includeSubaccounts: false });
}
