/** Workgroups beside those of the first start, with what each allows in words. */
export const workgroups = [
  ['Emergency Shelter Staff', 'Check people in and out of shelter beds and keep the nightly list.'],
  ['Shelter Reservation Team', 'See free beds in all shelters and reserve them by phone.'],
  ['Coordinated Entry Assessors', 'Do housing assessments and put households forward for a home.'],
  ['Priority List Managers', 'Keep the county priority list and send referrals to housing programs.'],
] as const

/** Made-up organizations of a made-up Minnesota. */
export const organizations = [
  ['Lakeside Night Shelter', 'Shelter stays, meals and lockers in Saint Paul.'],
  ['North Star Street Outreach', 'Contacts on the street and in camps, seven counties.'],
  ['Prairie Family Housing', 'Rapid re-housing and rent help for families.'],
  ['Iron Range Youth Haven', 'Beds and case management for people from 16 to 24.'],
  ['Harbor House Duluth', 'Permanent supportive housing, 48 homes.'],
  ['Red River Veterans Home', 'Transitional homes for veterans.'],
  ['Willow Safe House', 'Beds at an address that nobody is told, and a hotline.'],
  ['Loring Park Day Center', 'Showers, mail and a warm room by day.'],
  ['Cedar Avenue Winter Shelter', 'Beds from November to March; merged into Lakeside last spring.'],
] as const

/** Licenses that some have bought, and when they signed. */
export const agreements = [
  ['Lakeside Night Shelter', 20, '2026-01-12'],
  ['Prairie Family Housing', 4, '2026-02-03'],
  ['Harbor House Duluth', 1, '2025-11-20'],
  ['Willow Safe House', 5, '2026-03-16'],
] as const satisfies readonly (readonly [Place, number, string])[]

/** Whose people no other agency knows. */
export const victimServices: readonly Place[] = ['Willow Safe House']

/** What the example application knows some of them as. */
export const keys: Readonly<Partial<Record<Place | Group, string>>> = {
  'Lakeside Night Shelter': 'LAKESIDE',
  'Iron Range Youth Haven': 'IRON-RANGE',
  'Red River Veterans Home': 'RED-RIVER',
  'Loring Park Day Center': 'LORING-PARK',
  'Shelter Reservation Team': 'RESERVATIONS',
}

/** No longer open: nobody new, nobody chooses it. */
export const retired: readonly Place[] = ['Cedar Avenue Winter Shelter']

export type Place = (typeof organizations)[number][0] | 'Helpdesk'
export type Group = (typeof workgroups)[number][0] | 'HMIS Users' | 'System Administrators'

/** Days from now: when it begins, and when it ends. */
export const news = [
  {
    title: 'Winter shelter season has begun',
    text: 'Enter bed nights by 10 in the morning.\n\nThe helpdesk is open on Saturdays until March.',
    from: -2,
    until: 60,
  },
  {
    title: 'New terms of agreement',
    text: 'The terms have a second version. You are asked to read and accept it at your next sign-in.',
    from: -3,
    until: 30,
  },
  {
    title: 'Point-in-time count in January',
    text: 'Volunteers get their accounts in the first week of January.',
    from: 20,
    until: 70,
  },
  {
    title: 'Short pause on Sunday morning',
    text: 'The site was closed for an hour while the server was moved.',
    from: -40,
    until: -33,
  },
] as const

/** What the second version of the terms adds to the first. */
export const secondTermsAddition = `# Shared computers

Many shelters share one computer among a shift. Sign out before you leave it, even for a moment, and never work in a
session that another person has opened.`
