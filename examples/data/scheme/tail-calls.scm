; Loops that are calls: none of them gets deeper.

(define (even? n) (if (= n 0) #t (odd? (- n 1))))
(define (odd? n) (if (= n 0) #f (even? (- n 1))))
(even? 20001)

(define (sum n total) (if (= n 0) total (sum (- n 1) (+ total n))))
(sum 10000 0)

(define (collatz n steps)
  (cond ((= n 1) steps)
        ((= 0 (remainder n 2)) (collatz (quotient n 2) (+ steps 1)))
        (else (collatz (+ 1 (* 3 n)) (+ steps 1)))))
(map (lambda (n) (collatz n 0)) '(6 7 27 97))
