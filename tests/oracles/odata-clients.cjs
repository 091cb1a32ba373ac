// Reads every entity set of a feed with an OData client that others wrote, following links to their end; prints "set rows counted" for each.
// Arguments: the folder of the packages, the client's name. Standard input: the feed's root, then a key.
const { createRequire } = require('node:module');
const load = createRequire(process.argv[2] + '/');

const clients = {
  'o.js': (root, headers) => {
    const { o } = load('o.js');
    return {
      sets: () => o(root, { headers }).get('').query(),
      page: async (set) => (await o(root, { headers }).get(set).fetch({ $count: true })).json(),
      next: async (link) => (await o(link, { headers }).get('').fetch()).json(),
    };
  },
  '@odata/client': (root, headers) => {
    const { OData } = load('@odata/client');
    const client = OData.New4({ serviceEndpoint: root, commonHeaders: headers });
    return {
      sets: async () => (await client.requestUri(root)).value,
      page: (set) => client.newRequest({ collection: set, params: client.newParam().count() }),
      next: (link) => client.requestUri(link),
    };
  },
};

(async () => {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const [root, key] = input.split('\n');
  const client = clients[process.argv[3]](root, { 'X-Api-Key': key, Prefer: 'odata.maxpagesize=700' });
  for (const { name } of await client.sets()) {
    let page = await client.page(name);
    if (page.error) throw new Error(`${name}: ${page.error.message}`);
    const counted = page['@odata.count'];
    let rows = page.value.length;
    while (page['@odata.nextLink']) {
      page = await client.next(page['@odata.nextLink']);
      rows += page.value.length;
    }
    console.log(`${name} ${rows} ${counted}`);
  }
})().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
