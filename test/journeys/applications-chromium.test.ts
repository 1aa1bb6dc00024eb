import { applicationJourneysIn } from './applications.ts'

applicationJourneysIn('chromium')
