; Procedures that remember where they were made.

(define (counter)
  (let ((n 0))
    (lambda () (set! n (+ n 1)) n)))
(define a (counter))
(define b (counter))
(a)
(a)
(b)
(list (a) (b))

(define (compose f g) (lambda (x) (f (g x))))
(define (compose-all . fs) (fold compose (lambda (x) x) fs))
(define double (lambda (x) (* x 2)))
(define (increment x) (+ x 1))
((compose-all double double increment) 5)
double

; Church's numbers: n is what applies a procedure n times.
(define (church n) (lambda (f) (if (= n 0) (lambda (x) x) (compose f ((church (- n 1)) f)))))
(define (plus m n) (lambda (f) (compose (m f) (n f))))
(((plus (church 3) (church 4)) increment) 0)
