// Loaded before the storage emulator, which looks at every row of a table for a query of one partition, and at every row of the partition for
// a row that is inserted. The real service finds both by their keys, and so does this, by the indexes that the emulator keeps.
require("./no-autosave.cjs");
const Store = require("azurite/dist/src/table/persistence/LokiTableMetadataStore.js").default;
const query = Store.prototype.queryTableEntities;
Store.prototype.queryTableEntities = function (context, account, table, options, ...next) {
  const partition = /^\(*PartitionKey eq '([^']*)'(?!')/.exec(options.filter ?? "")?.[1];
  const rows = (...names) => ({ chain: () => this.getEntityCollection(...names).chain().find({ PartitionKey: partition }) });
  const store = partition === undefined || / or /.test(options.filter) ? this : Object.create(this, { getEntityCollection: { value: rows } });
  return query.call(store, context, account, table, options, ...next);
};

const { Collection } = require("lokijs");
const findOne = Collection.prototype.findOne;
Collection.prototype.findOne = function (query) {
  return findOne.call(this, query?.RowKey === undefined ? query : { RowKey: query.RowKey, ...query });
};
