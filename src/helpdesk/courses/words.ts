import type { RefusalOf } from '../../refusals.ts'
import { vocabulary } from '../../web/vocabulary.ts'

const en = {
  title: 'Courses',
  lead: 'The courses in Moodle that people have to finish. Training is finished when every course for the person is finished.',
  add: 'Add a course',
  columns: ['Course', 'Number in Moodle', 'For', 'State'],
  none: 'No courses yet, so Lintel cannot tell whether training is finished.',
  everyone: 'Everyone',
  active: 'Active',
  retired: 'Retired',
  name: 'Name',
  nameHint: 'People read it when they are asked to finish the course.',
  number: 'Number in Moodle',
  numberHint:
    'It stands at the end of the address of the course, after "id=". If you change it, people who finished the course under the old number keep that.',
  workgroups: 'Workgroups that the course is for',
  workgroupsHint: 'If you check none, the course is for everyone.',
  save: 'Save',
  retire: 'Retire',
  retireAbout: 'Nobody is asked to finish a retired course. What people have finished is kept.',
  bringBack: 'Bring back',
  back: 'Back to Courses',
  did: {
    added: 'The course was added. Lintel checks with Moodle who has finished it.',
    changed: 'The course was changed.',
    retired: 'The course was retired.',
    'brought-back': 'The course is active again.',
  },
  refusals: {
    'course.name-shape': 'Enter a name of up to 120 characters.',
    'course.number-shape': 'Enter the number of the course, such as 14.',
    'course.number-taken': 'Another active course has this number.',
    'course.changed-meanwhile':
      'Someone else changed this course while you had it open. Nothing was done. Check it again, then decide.',
  } satisfies Record<RefusalOf<'course'>, string>,
}

export const wordsFor = vocabulary<typeof en>({ en })
