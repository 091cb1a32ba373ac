import createClient from "openapi-fetch";
import type { paths } from "./schema";

// Lists can also be had as files: this client takes them as JSON.
const api = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: process.env.FRIENDCITY_URL!, headers: { "X-Api-Key": process.env.FRIENDCITY_KEY! } });

let page = await api.GET("/api/v1/cities", { params: { query: { $top: 10, $orderby: "nameEn" } } });
const since = page.response.headers.get("Changes-Cursor")!;
let cities = page.data!.value.length;
while (page.data!.nextLink) {
  const cursor = new URL(page.data!.nextLink).searchParams;
  page = await api.GET("/api/v1/cities", { params: { query: Object.fromEntries(cursor) } });
  cities += page.data!.value.length;
}
console.log(`${cities} cities`);

const made = await api.POST("/api/v1/organisations", {
  body: { id: "ORG-CLIENT", nameEn: "Port authority (example)", nameZh: "港务局（示例）", kind: "government", countryId: "RU" },
});
console.log(`made ${made.data!.id} ${made.data!.version} ${made.data!.nameZh}`);

const change = (version: string) =>
  api.PATCH("/api/v1/organisations/{id}", {
    params: { path: { id: "ORG-CLIENT" }, header: { "If-Match": version } },
    body: { website: "https://port.example" },
    headers: { "Content-Type": "application/merge-patch+json" },
  });
const refused = await change('"7"');
console.log(`refused ${refused.response.status} ${refused.error!.code} ${refused.error!.title.length > 0}`);
const changed = await change(made.response.headers.get("ETag")!);
console.log(`changed ${changed.data!.version} ${changed.data!.website} ${changed.data!.kind}`);
await api.DELETE("/api/v1/organisations/{id}", {
  params: { path: { id: "ORG-CLIENT" }, header: { "If-Match": changed.response.headers.get("ETag")! } },
});

const started = await api.POST("/api/v1/imports/organisations", {
  body: "id,nameEn,nameZh,kind,countryId\r\nORG-CLIENT-2,Customs (example),海关（示例）,government,RU\r\n",
  bodySerializer: (text: unknown) => text as string,
  headers: { "Content-Type": "text/csv" },
});
let operation = started.data!;
while (operation.state === "queued" || operation.state === "running") {
  operation = (await api.GET("/api/v1/operations/{id}", { params: { path: { id: operation.id } } })).data!;
}
console.log(`imported ${operation.state} ${operation.import!.inserted}`);

const changes = await api.GET("/api/v1/changes", { params: { query: { since, types: "organisations" } } });
const versions = new Map(changes.data!.value.filter((each) => each.id === "ORG-CLIENT").map((each) => [each.version, each.deleted]));
const told = [...versions].sort(([one], [other]) => one - other).map(([version, deleted]) => `${version}${deleted ? " deleted" : ""}`);
console.log(`changes ${told.join(" ")}`);
