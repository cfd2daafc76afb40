// The official client's own HTTP client, sent to loopback: Twilio's three hosts, of each Region, are rewritten, any other is refused, and
// every answer is kept to be judged.
import twilio from 'twilio';

const PRODUCTS = ['api', 'iam', 'accounts'];
const hostsOf = (domain) => new Set(PRODUCTS.map((product) => `${product}.${domain}`));
const HOSTS = hostsOf('twilio.com');
// The city belongs to the name: without it a host is of US1, whatever Region it names.
const REGIONS = { ie1: { edge: 'dublin', url: 'baseUrlIe1' }, au1: { edge: 'sydney', url: 'baseUrlAu1' } };

export class LoopbackClient extends twilio.RequestClient {
  constructor(baseUrl, answers, hosts = HOSTS) {
    super();
    this.hosts = hosts;
    this.base = new URL(baseUrl);
    this.answers = answers;
  }

  async request(options) {
    const asked = new URL(options.uri);
    // The links of iam come back absolute and name the loopback host already.
    if (!this.hosts.has(asked.host) && asked.host !== this.base.host) {
      throw new Error(`refusing to contact ${asked.host}`);
    }
    asked.protocol = this.base.protocol;
    asked.host = this.base.host;
    const response = await super.request({ ...options, uri: asked.href });
    this.answers.push({
      method: options.method.toLowerCase(),
      path: asked.pathname,
      status: response.statusCode,
      body: typeof response.body === 'string' && response.body !== '' ? JSON.parse(response.body) : response.body,
    });
    return response;
  }
}

// The client makes the names of a Region's hosts itself; no others may be asked for.
export function signInRegion(region, server, user, password, accountSid, answers) {
  const { edge, url } = REGIONS[region];
  const httpClient = new LoopbackClient(server[url], answers, hostsOf(`${edge}.${region}.twilio.com`));
  return twilio(user, password, { accountSid, region, edge, httpClient });
}

export function signIn(server, user, password, accountSid, answers) {
  return twilio(user, password, { accountSid, httpClient: new LoopbackClient(server.baseUrl, answers) });
}
