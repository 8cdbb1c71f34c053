/** Named people for a loopback trial and for tests; their passwords are known to everybody. */
export const demoPeople = [
  {
    login: "anna",
    name: "Анна Петрова",
    email: "anna@romashka.example",
    phone: "+79161234567",
    role: "person",
    password: "вишнёвый трамвай у пруда",
  },
  {
    login: "ivan",
    name: "Иван Сидоров",
    email: "ivan@romashka.example",
    phone: undefined,
    role: "person",
    password: "синий чайник поёт утром",
  },
  {
    login: "olga",
    name: "Ольга Ким",
    email: "olga@romashka.example",
    phone: "+79031112233",
    role: "desk",
    password: "сорок лимонов на столе",
  },
  {
    login: "boris",
    name: "Борис Орлов",
    email: "boris@romashka.example",
    phone: undefined,
    role: "administrator",
    password: "тихий поезд через степь",
  },
] as const;
