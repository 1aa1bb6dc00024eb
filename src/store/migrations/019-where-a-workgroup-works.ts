/** Organizations that a workgroup is tied to, as a JSON list of ids; none: people work in it in any. */
export const whereAWorkgroupWorks = `
alter table workgroup add column
  tied_to text not null default '[]';
`
