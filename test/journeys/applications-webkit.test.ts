import { applicationJourneysIn } from './applications.ts'

applicationJourneysIn('webkit')
