import {
  type RecordFilter,
  recordHeading,
  recordJson,
  recordLine,
  walkRecords,
} from '../../../audit/records.ts'
import type { AuditRecordTable } from '../../../store/schema.ts'
import type { Store } from '../../../store/store.ts'
import type { Source } from './source.ts'

/** The records that are meant, up to a moment (milliseconds since 1970): what comes meanwhile belongs to the next export. */
export const auditSource = (store: Store, filter: RecordFilter, until: number): Source<AuditRecordTable> => ({
  heading: recordHeading,
  pages: walkRecords(store, { ...filter, before: Math.min(filter.before ?? until, until) }),
  subjectOf: ({ subject }) => subject,
  line: (record, form) => (form === 'jsonl' ? recordJson(record) : recordLine(record)),
})
