import { applicationJourneysIn } from './applications.ts'

applicationJourneysIn('firefox')
