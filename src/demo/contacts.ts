import { noWork, type WorkFacts } from '../account/work.ts'

const line = (last: number) => `612-555-01${String(last).padStart(2, '0')}`

const shelter = 'Quincy Adeyemi, 612-555-0117'
const outreach = 'Erik Halvorsen, 612-555-0105'

/** How people of the demo are reached at work; the others have nothing on file. */
const contacts: Readonly<Record<string, Partial<WorkFacts>>> = {
  amina: { workPhone: line(1), workExtension: '204', jobTitle: 'Shelter advocate', supervisor: shelter },
  bert: { workPhone: line(2), jobTitle: 'Night shift lead', supervisor: shelter },
  chai: { workPhone: line(3), jobTitle: 'Outreach worker', supervisor: outreach },
  dolores: {
    workPhone: line(4),
    workExtension: '12',
    jobTitle: 'Housing coordinator',
    supervisor: 'Petra Novak, 612-555-0116',
  },
  erik: { workPhone: line(5), jobTitle: 'Outreach manager' },
  fatuma: { workPhone: line(6), jobTitle: 'Intake specialist', supervisor: shelter },
  gus: { workPhone: line(7), jobTitle: 'Case manager' },
  hana: { workPhone: line(8), jobTitle: 'Helpdesk analyst', supervisor: 'Jamal Robinson' },
  ingrid: { workPhone: line(9), jobTitle: 'Helpdesk analyst', supervisor: 'Jamal Robinson' },
  jamal: { workPhone: line(10), jobTitle: 'System administrator' },
  lupe: { workPhone: line(12), jobTitle: 'Shelter advocate', supervisor: shelter },
  petra: { workPhone: line(16), jobTitle: 'Program manager' },
  quincy: { workPhone: line(17), jobTitle: 'Shelter director' },
  rosa: { workPhone: line(18), workExtension: '3', jobTitle: 'Shelter advocate', supervisor: shelter },
  wendell: { jobTitle: 'Volunteer driver', supervisor: outreach },
}

export const contactOf = (username: string): WorkFacts => ({ ...noWork, ...contacts[username] })
