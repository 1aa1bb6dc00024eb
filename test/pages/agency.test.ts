import { agencyConsolePages, agencyPages } from './agency.ts'
import { measurePages } from './tests.ts'

measurePages('each page of the agency’s desk, in each state', { ...agencyPages, ...agencyConsolePages })
