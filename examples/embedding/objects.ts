import { createPython } from 'moult';

using python = createPython();
python.run(`
class Account:
    def __init__(self, owner): self.owner, self.balance = owner, 0
    def deposit(self, *amounts): self.balance += sum(amounts); return self.balance
    def __del__(self): print(self.owner, "is gone")
`);

{
  using type = python.get('Account')!;
  using account = type.call('ada');
  using balance = account.invoke('deposit', 10, 2.5);
  console.log(balance.toJs(), account.typeName, account.refCount);

  python.set('accounts', { ada: account, others: [] });
  using length = python.evaluate('len(accounts)');
  console.log(length.toJs(), account.refCount);
}
console.log(python.run('del accounts').stdout.trim());
console.log(python.run('print("after the block")').stdout.trim());

// prints:
// 12.5 Account 1
// 2 2
// ada is gone
// after the block
